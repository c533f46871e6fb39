package dataprep.settings;

/** What becomes of a bucket when the stack is destroyed. */
public enum Deletion {
    /** It goes, with everything in it. */
    WITH_CONTENT,
    /** It goes if nothing is in it, else the destroy stops there. */
    IF_EMPTY,
    /** It stays: a destroy is refused in its preview, and a program that no longer has the bucket leaves it alone. */
    NEVER;

    static Deletion from(SettingsReader reader) {
        var delete = reader.flag("deleteDataOnDestroy");
        var protect = reader.flag("protectData");
        if (delete && protect) {
            reader.refuse("protectData", true, "false with deleteDataOnDestroy");
        }
        return protect ? NEVER : delete ? WITH_CONTENT : IF_EMPTY;
    }
}
