package dataprep.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.exit.ExitCodes;
import dataprep.recipe.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check-recipes",
        description = {
            "Checks recipes like a preview, and prints the problems of each as one JSON object.",
            "Meant for programs; `make check` runs a recipe's cases."
        },
        footerHeading = "%nExample%n",
        footer = "  dataprep check-recipes glue-scripts/recipes/flights.json")
public final class CheckRecipesCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "a recipe")
    private List<Path> files;

    @Override
    public Integer call() throws Exception {
        var problems = new ObjectMapper().createObjectNode();
        for (var file : files) {
            Recipe.problems(file).forEach(problems.putArray(file.toString())::add);
        }
        System.out.println(problems);
        return ExitCodes.OK;
    }
}
