package dataprep.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.DeployedSources;
import dataprep.cli.run.RunTable;
import dataprep.recipe.Recipe;
import dataprep.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads what the catalog page shows from a deployed stack. */
public record CatalogReader(AwsClients clients) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param runs the latest runs
     * @throws IOException if the definition or the recipe cannot be read
     */
    public CatalogEntry read(
            String stateMachineArn, SortedSet<String> reads, List<RunTable.Row> runs, Optional<JsonNode> manifest)
            throws IOException {
        var definition = JSON.readTree(clients.stepFunctions()
                .describeStateMachine(request -> request.stateMachineArn(stateMachineArn))
                .definition());
        var recipe = object(definition
                .at("/States/TransformData/Arguments/Arguments/--recipe")
                .asText());
        return new CatalogEntry(
                parsed(recipe),
                JSON.readTree(recipe).path("quality"),
                DeployedSources.of(definition),
                reads,
                runs,
                manifest);
    }

    private byte[] object(String uri) throws IOException {
        var place = uri.replaceFirst("^s3://", "").split("/", 2);
        try (var object =
                clients.s3().getObject(request -> request.bucket(place[0]).key(place[1]))) {
            return object.readAllBytes();
        }
    }

    private static Recipe parsed(byte[] text) throws IOException {
        var file = Files.createTempFile("recipe-", ".json");
        try {
            return Recipe.read(Files.write(file, text));
        } catch (RecipeException e) {
            throw new IOException("the deployed recipe is not valid for this version: " + e.problems(), e);
        } finally {
            Files.delete(file);
        }
    }
}
