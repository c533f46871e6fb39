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
import dataprep.settings.DatasetSettings;
import java.util.Map;

/** An Athena workgroup with a scan limit for each query, and the saved queries of each data set. */
public final class Queries extends ComponentResource {

    private final Output<String> workgroup;
    private final Catalog catalog;

    public Queries(String name, Foundation foundation, Catalog catalog) {
        super("dataprep:index:Queries", name);
        this.catalog = catalog;
        var settings = foundation.settings();
        this.workgroup = new Workgroup(
                        "queryWorkgroup",
                        WorkgroupArgs.builder()
                                .name(settings.name())
                                .description("Queries on the data preparation's tables")
                                .forceDestroy(true)
                                .configuration(WorkgroupConfigurationArgs.builder()
                                        .enforceWorkgroupConfiguration(true)
                                        .bytesScannedCutoffPerQuery(settings.queryLimitMegabytes() * 1_048_576)
                                        .resultConfiguration(results(foundation))
                                        .build())
                                .build(),
                        CustomResourceOptions.builder().parent(this).build())
                .name();
        registerOutputs(Map.of("workgroup", workgroup));
    }

    private static WorkgroupConfigurationResultConfigurationArgs results(Foundation foundation) {
        return WorkgroupConfigurationResultConfigurationArgs.builder()
                .outputLocation(
                        Output.format("s3://%s/%s", foundation.data().name(), Output.of(LakePaths.QUERY_RESULTS)))
                .encryptionConfiguration(encryption(foundation.encryption()))
                .build();
    }

    /** Saves the queries of a data set. */
    void save(DatasetSettings dataset, DatasetTables tables) {
        save(
                dataset.resource("currentRows"),
                "The first rows of the published data set",
                tables.table().applyValue(Queries::currentRows));
        save(
                dataset.resource("quarantinedRows"),
                "The number of quarantined rows of each run, by source and reason, and the first of them",
                tables.quarantine().applyValue(Queries::quarantinedRows));
        save(
                dataset.resource("brokenRules"),
                "The failed rules of each run",
                tables.quality().applyValue(Queries::brokenRules));
    }

    private static WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs encryption(
            Encryption encryption) {
        var results = WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs.builder();
        encryption
                .keyArn()
                .ifPresentOrElse(
                        arn -> results.encryptionOption("SSE_KMS").kmsKeyArn(arn),
                        () -> results.encryptionOption("SSE_S3"));
        return results.build();
    }

    private void save(String name, String description, Output<String> query) {
        new NamedQuery(
                name,
                NamedQueryArgs.builder()
                        .name(name)
                        .description(description)
                        .workgroup(workgroup)
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
