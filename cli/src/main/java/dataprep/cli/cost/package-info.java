/** The cost of a stack and of a run. */
package dataprep.cli.cost;
