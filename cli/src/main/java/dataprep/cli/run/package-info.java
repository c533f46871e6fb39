/** Runs of the pipeline: start, follow, read and print them. */
package dataprep.cli.run;
