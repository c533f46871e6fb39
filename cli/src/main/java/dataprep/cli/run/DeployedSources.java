package dataprep.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.settings.Source;
import java.io.IOException;
import java.util.List;

/** The sources that a deployed state machine extracts. */
public final class DeployedSources {
    // the definition also says which sources are sensitive
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private DeployedSources() {}

    /**
     * @param definition of the state machine
     * @throws IOException if it has sources of another form
     */
    public static List<Source> of(JsonNode definition) throws IOException {
        try {
            return List.of(JSON.treeToValue(definition.at("/States/ExtractData/Items"), Source[].class));
        } catch (JsonProcessingException e) {
            throw new IOException("the deployed sources are not valid for this version: " + e.getOriginalMessage(), e);
        }
    }
}
