package dataprep.components;

import com.pulumi.core.Output;
import dataprep.settings.PipelineSettings;

/** What every component of a stack uses: the settings, where the stack is, its storage and its encryption. */
public record Foundation(
        PipelineSettings settings,
        Output<AwsTarget> target,
        Encryption encryption,
        DataBucket data,
        ScriptsBucket scripts) {

    public static Foundation of(PipelineSettings settings) {
        var target = AwsTarget.current();
        var encryption = new Encryption(settings, target);
        return new Foundation(
                settings,
                target,
                encryption,
                new DataBucket("dataStorage", settings, encryption, target),
                new ScriptsBucket("scriptStorage", encryption, target));
    }
}
