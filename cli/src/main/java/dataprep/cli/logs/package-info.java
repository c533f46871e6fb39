/** The logs of the function, the job and the state machine. */
package dataprep.cli.logs;
