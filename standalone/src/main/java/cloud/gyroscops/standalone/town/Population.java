package cloud.gyroscops.standalone.town;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who lives in the town.
 *
 * @param companies all organizations
 * @param residents all users
 * @param payers the users who pay, by organization
 */
record Population(List<Company> companies, List<Resident> residents, Map<Company, List<Resident>> payers) {

    static Population of(Town town) {
        var companies = Company.all(town);
        var residents = Resident.all(town, companies);
        return new Population(
                companies,
                residents,
                residents.stream()
                        .filter(resident -> !resident.leaves())
                        .collect(Collectors.groupingBy(Resident::company)));
    }

    List<Resident> payers(Company company) {
        return payers.getOrDefault(company, List.of());
    }
}
