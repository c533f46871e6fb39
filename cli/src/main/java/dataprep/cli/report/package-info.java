/** The report of a run as one HTML file. */
package dataprep.cli.report;
