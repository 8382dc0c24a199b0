-- Which targets for a whole unit has nobody reported on yet?
select unit_name, indicator, comparator, planned, planned_max, per, year, source
from v_plan_vs_actual
where actual is null and group_code = 'all' and indicator <> 'other'
  and unit_code in (select issuing_unit_code from v_document)
order by unit_code, indicator, year, figure_id
