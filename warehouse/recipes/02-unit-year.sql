-- What is known of each commune and year?
select unit_name, year, households_start, poor_start, poverty_rate_start,
       poor_end_planned, poverty_rate_end_planned, suspects, conflicts
from v_unit_year
where province_code = '45'
order by year, poverty_rate_start is null, poverty_rate_start desc, unit_code
