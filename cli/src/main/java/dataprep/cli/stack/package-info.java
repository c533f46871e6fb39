/** Deployments: stacks on the local AWS, on AWS, and temporary ones for previews and estimates. */
package dataprep.cli.stack;
