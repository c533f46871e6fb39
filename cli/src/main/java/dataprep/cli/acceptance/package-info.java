/** The checks of `accept`: the assumptions about AWS in docs/aws-assumptions.md. */
package dataprep.cli.acceptance;
