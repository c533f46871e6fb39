package dataprep.settings;

/**
 * The workflow version that executions run.
 *
 * @param version the number of the live version; 0 for the newest
 * @param newestPercent the percentage of executions that run the newest version instead
 */
public record ReleaseSettings(int version, int newestPercent) {

    static ReleaseSettings from(SettingsReader reader) {
        var version = reader.integer("liveVersion", 0, 1_000_000);
        var percent = reader.integer("newVersionPercent", 0, 99);
        if (version == 0 && percent > 0) {
            reader.refuse("newVersionPercent", percent, "0 unless liveVersion is set");
        }
        return new ReleaseSettings(version, percent);
    }
}
