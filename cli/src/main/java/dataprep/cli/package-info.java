/** The command line's entry point. */
package dataprep.cli;
