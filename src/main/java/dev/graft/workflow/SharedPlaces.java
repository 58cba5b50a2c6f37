package dev.graft.workflow;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.ingest.SourceFormats;
import dev.graft.spec.SourceSpec;
import java.util.Map;
import java.util.TreeMap;

/** Workers elsewhere do not see the launcher's disk: what they read and write must be shared. */
final class SharedPlaces {
  private static final String DATAFLOW = "--runner=DataflowRunner";

  private SharedPlaces() {}

  /**
   * Checks the places of a run on Dataflow.
   *
   * @throws GraftException (exit 2) when one is on the local disk
   */
  static void check(RunRequest request) {
    if (!request.profile().arguments(request.beamArguments()).contains(DATAFLOW)) {
      return;
    }
    places(request)
        .forEach(
            (key, location) -> {
              if (Storage.isLocal(location)) {
                throw GraftException.usage(
                    "%s is %s, on this machine's disk, which Dataflow's workers do not see; put it"
                        + " on an object store, such as gs://bucket/%s",
                    key, location, location.substring(location.lastIndexOf('/') + 1));
              }
            });
  }

  private static Map<String, String> places(RunRequest request) {
    Map<String, String> places = new TreeMap<>();
    SourceSpec source = request.spec().source();
    for (String key : SourceFormats.get(source.format()).paths()) {
      places.put("source." + key, source.locations().get(key));
      if (source.hasOfficialTest()) {
        places.put("source.test." + key, source.testLocations().get(key));
      }
    }
    places.put("publish.to", request.spec().publish().to());
    places.put("the model store (GRAFT_STORE)", request.storeDirectory());
    return places;
  }
}
