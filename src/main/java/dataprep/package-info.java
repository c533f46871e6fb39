/** The Pulumi program: {@link dataprep.App} declares the stack, one component a line. */
package dataprep;
