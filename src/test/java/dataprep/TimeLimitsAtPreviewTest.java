package dataprep;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import dataprep.components.Workflow;
import dataprep.settings.StackFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeLimitsAtPreviewTest {
    @Test
    void aRunTimeoutShorterThanTheRetriesIsRejectedBeforeAnyResource() {
        var settings = StackFiles.settings("dev", Map.of("runTimeoutMinutes", "3", "transformTimeoutMinutes", "1"));
        var refusal = assertThrows(RunException.class, () -> Workflow.check(settings));
        assertTrue(
                refusal.getMessage().startsWith("runTimeoutMinutes: invalid value '3'; must be more than"),
                refusal.getMessage());
    }

    @Test
    void aScheduleFasterThanTheRetriesIsRejectedBeforeAnyResource() {
        var settings = StackFiles.settings("dev", Map.of("schedule", "rate(5 minutes)"));
        var refusal = assertThrows(RunException.class, () -> Workflow.check(settings));
        assertTrue(refusal.getMessage().startsWith("schedule: invalid value 'rate(5 minutes)'"), refusal.getMessage());
        Workflow.check(StackFiles.settings("dev", Map.of("schedule", "rate(1 hour)")));
    }

    @Test
    void theShippedSettingsLeaveTimeForAllRetries() {
        Workflow.check(StackFiles.settings("dev"));
        Workflow.check(StackFiles.settings("prod"));
        Workflow.check(StackFiles.settings("local"));
    }
}
