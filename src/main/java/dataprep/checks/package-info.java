/** A cache of checks that have passed, kept beside a build of the program. */
package dataprep.checks;
