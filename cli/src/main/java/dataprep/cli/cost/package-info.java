/** What a stack and a run cost. */
package dataprep.cli.cost;
