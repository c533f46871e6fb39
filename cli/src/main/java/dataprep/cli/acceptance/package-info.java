/** What `accept` checks on a stack: the assumptions about AWS in docs/aws-assumptions.md. */
package dataprep.cli.acceptance;
