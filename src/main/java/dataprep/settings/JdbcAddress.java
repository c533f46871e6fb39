package dataprep.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a database. It has no parameters: the options of the driver are settings of the source.
 *
 * @param system postgresql or mysql
 * @param port the system's own if the address has none
 */
public record JdbcAddress(String system, String host, int port, String database) {
    private static final Pattern FORM = Pattern.compile("jdbc:(?<system>postgresql|mysql)://"
            + "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?/(?<database>[A-Za-z0-9_$-]{1,63})");
    private static final String POSTGRESQL = "postgresql";

    /** The address, if it is one of a database. */
    static Optional<JdbcAddress> parse(String address) {
        var match = FORM.matcher(address == null ? "" : address);
        if (!match.matches()) {
            return Optional.empty();
        }
        var system = match.group("system");
        var ownPort = system.equals(POSTGRESQL) ? 5432 : 3306;
        var port = match.group("port") == null ? ownPort : Integer.parseInt(match.group("port"));
        return Optional.of(new JdbcAddress(system, match.group("host"), port, match.group("database")));
    }

    /**
     * The namespace of the database's tables in lineage.
     *
     * @see <a href="https://openlineage.io/docs/spec/naming/">How OpenLineage names data sets</a>
     */
    public String namespace() {
        return "%s://%s:%d".formatted(isPostgresql() ? "postgres" : system, host, port);
    }

    /** The name of a table in this namespace; a table of PostgreSQL without a schema is in public. */
    public String qualified(String table) {
        var schema = isPostgresql() && !table.contains(".") ? "public." : "";
        return database + "." + schema + table;
    }

    private boolean isPostgresql() {
        return system.equals(POSTGRESQL);
    }
}
