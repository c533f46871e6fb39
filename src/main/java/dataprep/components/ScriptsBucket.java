package dataprep.components;

import com.pulumi.asset.AssetOrArchive;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.Resource;
import dataprep.settings.Deletion;
import java.util.Map;

/** The bucket for code and recipes. */
public final class ScriptsBucket extends ComponentResource {
    private final Output<String> name;

    ScriptsBucket(String name, Encryption encryption, Output<AwsTarget> target) {
        super("dataprep:index:ScriptsBucket", name);
        this.name = new SecureBucket(
                        "scriptsBucket", Map.of(), Map.of(), Deletion.WITH_CONTENT, encryption, target, this)
                .name();
        registerOutputs(Map.of("name", this.name));
    }

    Output<String> name() {
        return name;
    }

    /**
     * Uploads code or a recipe for the runs to read.
     *
     * @return its s3:// URI
     */
    Output<String> upload(String key, AssetOrArchive content, Resource parent) {
        return upload(key, Output.of(content), parent);
    }

    Output<String> upload(String key, Output<AssetOrArchive> content, Resource parent) {
        return SecureBucket.upload("script-" + key, name, "scripts/" + key, content, parent);
    }
}
