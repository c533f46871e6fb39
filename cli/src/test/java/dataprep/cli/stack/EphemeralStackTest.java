package dataprep.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EphemeralStackTest {
    @Test
    void aSecretTextIsReplacedByOneOfItsFormAndOtherSecretsAreOmitted(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("Pulumi.x.yaml"), """
                encryptionsalt: v1:abc
                config:
                  aws:region: eu-west-1
                  aws:token: {secure: v1:1}
                  sources: {secure: v1:2}
                  hashKey: {secure: v1:3}
                  data-preparation:alertWebhook: {secure: v1:4}
                """);
        EphemeralStack.withoutSecrets(file);
        var content = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        var text = "https://placeholder.invalid/of-an-encrypted-setting";
        assertEquals(
                "{\"config\":{\"aws:region\":\"eu-west-1\",\"hashKey\":\"%s\",\"data-preparation:alertWebhook\":\"%s\"}}"
                        .formatted(text, text),
                content.toString());
    }
}
