/** The local AWS as a process: start, find, stop. */
package dataprep.cli.local;
