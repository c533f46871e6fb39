/** How a command ends: exit codes and the errors that need no stack trace. */
package dataprep.cli.exit;
