/** The comment on a pull request: what a change does to a stack's resources, permissions, workflow and cost. */
package dataprep.cli.changes;
