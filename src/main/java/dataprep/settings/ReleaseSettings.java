package dataprep.settings;

/**
 * Which version of the workflow an execution runs.
 *
 * @param version the number of the version that runs, 0 for the newest
 * @param newestPercent of the executions, by chance, run the newest version all the same
 */
public record ReleaseSettings(int version, int newestPercent) {

    static ReleaseSettings from(SettingsReader reader) {
        var version = reader.integer("liveVersion", 0, 1_000_000);
        var percent = reader.integer("newVersionPercent", 0, 99);
        if (version == 0 && percent > 0) {
            reader.refuse("newVersionPercent", percent, "0 unless liveVersion says which version runs the others");
        }
        return new ReleaseSettings(version, percent);
    }
}
