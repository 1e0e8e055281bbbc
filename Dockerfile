# One image for all of our processes: the command says which of them runs.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests -pl standalone -am package dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory=/app/lib \
  && cp standalone/target/gyroscops-standalone-*.jar /app/lib/

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 gyroscops \
  && useradd --system --uid 10001 --gid gyroscops --home-dir /app --shell /usr/sbin/nologin gyroscops \
  && mkdir -p /app/state \
  && chown gyroscops:gyroscops /app/state
COPY --from=build /app/lib /app/lib
WORKDIR /app
USER gyroscops
# Stores and the schemas that were seen: a start with them need not read everything again.
ENV GYROSCOPS_STATE_DIR=/app/state
VOLUME /app/state
EXPOSE 8080
# Half of the memory is for the heap: the rest is RocksDB's, which Java does not count, and the threads'.
# A process that is out of memory had better start again.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED", "-cp", "/app/lib/*"]
CMD ["cloud.gyroscops.query.Main"]
