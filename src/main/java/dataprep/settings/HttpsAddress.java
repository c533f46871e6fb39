package dataprep.settings;

import java.net.URI;
import java.util.Optional;

/** The form of https addresses. */
final class HttpsAddress {
    private HttpsAddress() {}

    /** The address, if it is one with https and a host. */
    static Optional<URI> parse(String address) {
        try {
            return Optional.of(URI.create(address))
                    .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
