package dataprep.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

    @Test
    void documentIsWrittenAsIamTakesIt() {
        PolicyDocument document = PolicyDocument.of(Statement.deny("s3:*")
                .sid("TlsOnly")
                .byAnyone()
                .on("arn:aws:s3:::data", "arn:aws:s3:::data/*")
                .when("Bool", "aws:SecureTransport", "false"));

        assertEquals("""
                {"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*",\
                "Action":["s3:*"],"Resource":["arn:aws:s3:::data","arn:aws:s3:::data/*"],\
                "Condition":{"Bool":{"aws:SecureTransport":["false"]}}}]}\
                """, document.toJson());
    }

    @Test
    void identityPolicyNamesNoPrincipalAndOmitsWhatIsEmpty() {
        assertEquals(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],\
                "Resource":["*"]}]}\
                """, PolicyDocument.of(Statement.allow("s3:GetObject").on("*")).toJson());
    }

    @Test
    void statementsThatDifferOnlyInActionsAreMerged() {
        PolicyDocument document = PolicyDocument.of(
                Statement.allow("s3:PutObject").on("arn:b"),
                Statement.allow("s3:GetObject").on("arn:a"),
                Statement.allow("s3:DeleteObject", "s3:PutObject").on("arn:b"));

        assertEquals(
                PolicyDocument.of(
                        Statement.allow("s3:DeleteObject", "s3:PutObject").on("arn:b"),
                        Statement.allow("s3:GetObject").on("arn:a")),
                document);
    }

    @Test
    void statementsThatDifferInMoreThanActionsAreNotMerged() {
        Statement base = Statement.allow("s3:GetObject").on("arn:a");

        PolicyDocument document = PolicyDocument.of(
                base,
                Statement.deny("s3:GetObject").on("arn:a"),
                base.on("arn:b"),
                base.when("Bool", "aws:SecureTransport", "true"),
                base.byService("glue.amazonaws.com"),
                base.byArn("arn:aws:iam::1:root"),
                base.sid("Read"));

        assertEquals(7, document.statements().size());
    }

    @Test
    void trustIsScopedToTheAccount() {
        assertEquals(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
                "Principal":{"Service":["states.amazonaws.com"]},"Action":["sts:AssumeRole"],\
                "Condition":{"StringEquals":{"aws:SourceAccount":["123456789012"]}}}]}\
                """,
                PolicyDocument.trust("states.amazonaws.com", "123456789012").toJson());
    }

    @Test
    void trustWithoutAccountHasNoCondition() {
        assertEquals("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
                "Principal":{"Service":["lambda.amazonaws.com"]},"Action":["sts:AssumeRole"]}]}\
                """, PolicyDocument.trust("lambda.amazonaws.com").toJson());
    }

    @Test
    void statementWithoutResourceAndPrincipalIsRejected() {
        Statement unfinished = Statement.allow("s3:GetObject");

        var refused = assertThrows(IllegalArgumentException.class, () -> PolicyDocument.of(unfinished));

        assertEquals(
                "statement on [s3:GetObject] has neither a resource nor a principal; must have one of them",
                refused.getMessage());
    }

    @Test
    void sidThatIsUsedTwiceIsRefused() {
        Statement one = Statement.allow("s3:GetObject").on("arn:a").sid("Read");

        var refused = assertThrows(IllegalArgumentException.class, () -> PolicyDocument.of(one, one.on("arn:b")));

        assertEquals("sid 'Read' is used by two statements", refused.getMessage());
    }
}
