package dataprep.cli.report;

/** One run as one self-contained HTML file: it needs no network, and without scripts only the charts are missing. */
public final class RunReport {
    private static final SelfContainedPage FILE = SelfContainedPage.of(
            Resource.text("report/report.css"),
            Resource.webJar("d3"),
            Resource.webJar("d3-sankey"),
            Resource.text("report/theme.js"),
            Resource.text("report/charts.js"),
            Resource.text("report/report.js"));

    private RunReport() {}

    /** All data are escaped. */
    public static String html(ReportInput facts) {
        return SelfContainedPage.render("report/report", Page.of(facts, FILE));
    }
}
