package dataprep.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void actionsAndResourcesAreSortedSoThatTheirOrderMakesNoDifference() {
        assertEquals(
                Statement.allow("s3:GetObject", "s3:DeleteObject").on("arn:b", "arn:a"),
                Statement.allow("s3:DeleteObject", "s3:GetObject").on("arn:a").on("arn:b"));
    }

    @Test
    void conditionsOfOneOperatorAreMerged() {
        Statement statement = Statement.allow("sts:AssumeRole")
                .when("StringEquals", "aws:SourceAccount", "1")
                .when("StringEquals", "aws:PrincipalOrgID", "o")
                .when("Bool", "aws:SecureTransport", "true");

        assertEquals(
                List.of("Bool", "StringEquals"),
                List.copyOf(statement.conditions().keySet()));
        assertEquals(
                List.of("aws:PrincipalOrgID", "aws:SourceAccount"),
                List.copyOf(statement.conditions().get("StringEquals").keySet()));
    }

    @Test
    void statementCannotBeChangedOnceMade() {
        Statement statement = Statement.allow("s3:GetObject").on("arn:a").when("Bool", "k", "true");

        assertThrows(
                UnsupportedOperationException.class, () -> statement.actions().add("s3:*"));
        assertThrows(
                UnsupportedOperationException.class, () -> statement.resources().add("*"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> statement.conditions().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> statement.conditions().get("Bool").put("k", new TreeSet<>()));
    }

    @Test
    void statementWithoutActionIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, Statement::allow);

        assertEquals("a statement must have at least one action", refused.getMessage());
    }

    @Test
    void sidWithOtherThanLettersAndDigitsIsRefused() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> Statement.deny("s3:*").sid("tls only"));

        assertEquals("sid 'tls only' is not allowed: letters and digits only", refused.getMessage());
    }
}
