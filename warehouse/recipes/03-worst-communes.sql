-- Where is poverty highest, whatever the year?
select unit_name, province, year,
       coalesce(poverty_rate_end, poverty_rate_start) as poverty_rate
from v_unit_year
where unit_code is not null
  and coalesce(poverty_rate_end, poverty_rate_start) is not null
order by poverty_rate desc, unit_code
limit 8
