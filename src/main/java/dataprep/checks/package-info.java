/** A cache of passed checks, stored beside a build of the program. */
package dataprep.checks;
