/** The data contract: where the workflow, the function and the job keep their objects in the data bucket. */
package dataprep.lake;
