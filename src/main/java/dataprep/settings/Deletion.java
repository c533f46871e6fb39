package dataprep.settings;

/** The treatment of a bucket when the stack is destroyed. */
public enum Deletion {
    /** The bucket is deleted with all objects. */
    WITH_CONTENT,
    /** The bucket is deleted if it is empty; otherwise the destroy fails. */
    IF_EMPTY,
    /**
     * The bucket is protected and retained: a destroy fails in its preview, and a program without the bucket does not
     * delete it.
     */
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
