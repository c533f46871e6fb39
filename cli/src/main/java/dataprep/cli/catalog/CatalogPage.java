package dataprep.cli.catalog;

import dataprep.cli.report.Resource;
import dataprep.cli.report.SelfContainedPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The data sets of a stack as one self-contained HTML file; without scripts only the marks on related columns are
 * missing.
 */
public record CatalogPage(
        SelfContainedPage file, String stack, String time, DatasetDrawing drawing, List<DatasetView> datasets) {
    private static final SelfContainedPage FILE = SelfContainedPage.of(
            Resource.text("report/report.css") + Resource.text("catalog/catalog.css"),
            Resource.text("report/theme.js"),
            Resource.text("catalog/catalog.js"));

    /**
     * @param entries the data sets in their order
     * @param time when they were read
     */
    public static String html(String stack, List<CatalogEntry> entries, Instant time) {
        var views = entries.stream()
                .map(entry -> DatasetView.of(
                        entry,
                        entries.stream()
                                .filter(other -> other.reads().contains(entry.name()))
                                .map(CatalogEntry::name)
                                .collect(Collectors.toCollection(TreeSet::new))))
                .toList();
        return SelfContainedPage.render(
                "catalog/catalog",
                new CatalogPage(
                        FILE, stack, time.truncatedTo(ChronoUnit.SECONDS).toString(), DatasetDrawing.of(views), views));
    }

    boolean hasSeveralDatasets() {
        return datasets.size() > 1;
    }
}
