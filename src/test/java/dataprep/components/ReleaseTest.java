package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.RecordedStack;
import dataprep.components.Release.Route;
import dataprep.settings.ReleaseSettings;
import dataprep.settings.StackFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final String MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:m";

    @Test
    void everyExecutionRunsTheNewestVersionIfNothingElseIsSaid() {
        assertEquals(List.of(new Route(MACHINE + ":7", 100)), routes(0, 0));
    }

    @Test
    void aRollbackIsTheNumberOfAnEarlierVersion() {
        assertEquals(List.of(new Route(MACHINE + ":5", 100)), routes(5, 0));
    }

    @Test
    void aPercentageOfTheExecutionsRunsTheNewestVersion() {
        assertEquals(List.of(new Route(MACHINE + ":5", 90), new Route(MACHINE + ":7", 10)), routes(5, 10));
    }

    @Test
    void noVersionIsNamedTwice() {
        assertEquals(List.of(new Route(MACHINE + ":7", 100)), routes(7, 10));
    }

    @Test
    void theAliasLeadsToTheVersionThatTheDeploymentPublishes() {
        var stack =
                RecordedStack.deploy(StackFiles.settings("dev", Map.of("liveVersion", "6", "newVersionPercent", "25")));
        var alias = stack.named("aws:sfn/alias:Alias", "live").inputs();
        assertEquals("live", alias.get("name"));
        var machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:dataPreparationStateMachine:";
        assertEquals(
                List.of(
                        Map.of("stateMachineVersionArn", machine + "6", "weight", 75.0),
                        Map.of("stateMachineVersionArn", machine + "7", "weight", 25.0)),
                alias.get("routingConfigurations"));
        assertEquals("arn:aws:states:eu-central-1:123456789012:stateMachine:live", stack.output("live_alias_arn"));
    }

    private static List<Route> routes(int version, int percent) {
        return Release.routes(new ReleaseSettings(version, percent), MACHINE + ":7");
    }
}
