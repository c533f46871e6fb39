/** The subcommands, one class each. Make targets have the same names. */
package dataprep.cli.command;
