package dataprep.components;

import com.pulumi.aws.athena.NamedQuery;
import com.pulumi.aws.athena.NamedQueryArgs;
import com.pulumi.aws.athena.Workgroup;
import com.pulumi.aws.athena.WorkgroupArgs;
import com.pulumi.aws.athena.inputs.WorkgroupConfigurationArgs;
import com.pulumi.aws.athena.inputs.WorkgroupConfigurationResultConfigurationArgs;
import com.pulumi.aws.athena.inputs.WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import java.util.Map;

/** An Athena workgroup with a scan limit for each query, and saved queries. */
public final class Queries extends ComponentResource {

    public Queries(String name, PipelineSettings settings, DataLake lake, Catalog catalog) {
        super("dataprep:index:Queries", name);
        var child = CustomResourceOptions.builder().parent(this).build();
        var workgroup = new Workgroup(
                "queryWorkgroup",
                WorkgroupArgs.builder()
                        .name(settings.name())
                        .description("Queries on the data preparation's tables")
                        .forceDestroy(true)
                        .configuration(WorkgroupConfigurationArgs.builder()
                                .enforceWorkgroupConfiguration(true)
                                .bytesScannedCutoffPerQuery(settings.queryLimitMegabytes() * 1_048_576)
                                .resultConfiguration(WorkgroupConfigurationResultConfigurationArgs.builder()
                                        .outputLocation(Output.format(
                                                "s3://%s/%s", lake.dataBucket(), Output.of(LakePaths.QUERY_RESULTS)))
                                        .encryptionConfiguration(encryption(lake))
                                        .build())
                                .build())
                        .build(),
                child);
        save(
                "currentRows",
                "The first rows of the published data set",
                workgroup,
                catalog,
                catalog.table().applyValue(Queries::currentRows));
        save(
                "quarantinedRows",
                "The number of quarantined rows of each run, by source and reason, and the first of them",
                workgroup,
                catalog,
                catalog.quarantine().applyValue(Queries::quarantinedRows));
        save(
                "brokenRules",
                "The failed rules of each run",
                workgroup,
                catalog,
                catalog.quality().applyValue(Queries::brokenRules));
        registerOutputs(Map.of("workgroup", workgroup.name()));
    }

    private static WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs encryption(DataLake lake) {
        var results = WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs.builder();
        lake.keyArn()
                .ifPresentOrElse(
                        arn -> results.encryptionOption("SSE_KMS").kmsKeyArn(arn),
                        () -> results.encryptionOption("SSE_S3"));
        return results.build();
    }

    private void save(String name, String description, Workgroup workgroup, Catalog catalog, Output<String> query) {
        new NamedQuery(
                name,
                NamedQueryArgs.builder()
                        .name(name)
                        .description(description)
                        .workgroup(workgroup.name())
                        .database(catalog.database())
                        .query(query)
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
    }

    static String currentRows(String table) {
        return "SELECT * FROM \"%s\" LIMIT 100".formatted(table);
    }

    static String quarantinedRows(String quarantine) {
        return """
                SELECT run_id, source, reason, count(*) AS rows, min_by(file, "row") AS first_file, min("row") AS first_row
                FROM "%s" CROSS JOIN UNNEST(reasons) AS reason_of_row (reason)
                GROUP BY run_id, source, reason
                ORDER BY rows DESC""".formatted(quarantine);
    }

    static String brokenRules(String quality) {
        return """
                SELECT run_id, severity, source, "column", rule, rows, message, samples
                FROM "%s"
                WHERE NOT passed
                ORDER BY run_id, severity, rule""".formatted(quality);
    }
}
