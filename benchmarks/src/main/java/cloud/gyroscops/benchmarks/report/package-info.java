/** What every figure needs beside it: the machine, the versions, and whether it is good enough. */
package cloud.gyroscops.benchmarks.report;
