package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.pulumi.Config;
import com.pulumi.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void theConfigurationIsReadFromTheEnvironmentOfTheProcess() {
        var configuration = Configuration.of(Map.of(
                "PULUMI_PROJECT", "data-preparation",
                "PULUMI_STACK", "dev",
                "PULUMI_CONFIG", "{\"data-preparation:workers\": \"4\", \"aws:region\": \"eu-west-1\"}"));
        assertEquals("data-preparation", configuration.project());
        assertEquals("dev", configuration.stack());
        assertEquals(Set.of("data-preparation:workers", "aws:region"), configuration.keys());
        assertEquals(Optional.of("4"), configuration.get("workers"));
        assertEquals(Optional.empty(), configuration.get("region"));
    }

    @Test
    void anInlineProgramAsksTheSdk() {
        var config = mock(Config.class);
        when(config.get("workers")).thenReturn(Optional.of("4"));
        var ctx = mock(Context.class);
        when(ctx.projectName()).thenReturn("data-preparation");
        when(ctx.stackName()).thenReturn("dev");
        when(ctx.config()).thenReturn(config);
        var configuration = Configuration.of(ctx, Set.of("data-preparation:workers"));
        assertEquals("dev", configuration.stack());
        assertEquals(Optional.of("4"), configuration.get("workers"));
    }

    @Test
    void invalidConfigurationOfTheEngineIsReported() {
        var environment = Map.of("PULUMI_CONFIG", "[1]");
        var wrong = assertThrows(IllegalArgumentException.class, () -> Configuration.of(environment));
        assertTrue(wrong.getMessage().endsWith("not a JSON object of strings: [1]"), wrong.getMessage());
    }
}
