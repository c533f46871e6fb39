/** The comment on a pull request: the effect of a change on a stack's resources, permissions, workflow and cost. */
package dataprep.cli.changes;
