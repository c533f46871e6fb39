package dataprep.settings;

import java.util.Optional;

/** The https endpoint of a lineage service that receives the events of runs; its address may contain a secret. */
public record LineageEndpoint(String address) {
    static Optional<LineageEndpoint> from(SettingsReader reader) {
        return reader.secretAddress("lineageEndpoint").map(LineageEndpoint::new);
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "LineageEndpoint";
    }
}
