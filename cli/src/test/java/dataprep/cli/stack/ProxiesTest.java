package dataprep.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    @Test
    void loopbackAddressesBypassTheProxies() {
        var exceptions = "127.0.0.1,localhost";
        assertEquals(Map.of("NO_PROXY", exceptions, "no_proxy", exceptions), Proxies.environment(Map.of()));
    }

    @Test
    void theUsersNoProxyIsPreserved() {
        var own = Map.of("NO_PROXY", "example.org", "no_proxy", "example.net", "HTTP_PROXY", "http://proxy:3128");
        var exceptions = "example.org,example.net,127.0.0.1,localhost";
        assertEquals(Map.of("NO_PROXY", exceptions, "no_proxy", exceptions), Proxies.environment(own));
    }
}
