package dataprep.cli.stack;

import com.pulumi.automation.AutomationException;
import com.pulumi.automation.CommandResult;
import com.pulumi.automation.CommandRunOptions;
import com.pulumi.automation.PulumiCommand;
import com.pulumi.automation.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Pulumi CLI with the option --config-file, which the Automation API does not have. */
record ConfigFileCommand(PulumiCommand pulumi, Path file) implements PulumiCommand {
    private static final Set<String> READ_SETTINGS = Set.of("config", "destroy", "preview", "refresh", "up");

    @Override
    public Version version() {
        return pulumi.version();
    }

    @Override
    public CommandResult run(List<String> arguments, CommandRunOptions options) throws AutomationException {
        if (arguments.stream().noneMatch(READ_SETTINGS::contains)) {
            return pulumi.run(arguments, options);
        }
        var all = new ArrayList<>(arguments);
        all.add("--config-file");
        all.add(file.toString());
        return pulumi.run(all, options);
    }
}
