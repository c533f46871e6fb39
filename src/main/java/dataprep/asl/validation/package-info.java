/**
 * Finds the problems of a state machine's definition before it is deployed: structure, error handling, expressions,
 * variables, quotas and time limits. The rules read a definition through the public methods of {@code dataprep.asl},
 * which does not depend on this package.
 */
package dataprep.asl.validation;
