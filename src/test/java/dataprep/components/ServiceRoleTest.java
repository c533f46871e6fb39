package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.pulumi.exceptions.RunException;
import dataprep.iam.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRoleTest {
    private static final int REST = ServiceRole.document("p", read("")).length();

    @Test
    void aPolicyThatExceedsIamsSizeLimitIsNotSent() {
        assertEquals(
                6_144, ServiceRole.document("p", read("x".repeat(6_144 - REST))).length());
        var tooLarge = read("x".repeat(6_145 - REST));
        var refusal = assertThrows(RunException.class, () -> ServiceRole.document("stepFunctionRolePolicy", tooLarge));
        assertEquals(
                "stepFunctionRolePolicy: invalid size 6,145 characters; must be at most 6,144, IAM's limit for a"
                        + " managed policy",
                refusal.getMessage());
    }

    private static List<Statement> read(String key) {
        return List.of(Statement.allow("s3:GetObject").on("arn:aws:s3:::bucket/" + key));
    }
}
