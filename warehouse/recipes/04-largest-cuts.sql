-- Who plans the largest cut within a year?
select unit_name, year, poor_start, poor_end_planned,
       poor_start - poor_end_planned as cut,
       round((poor_start - poor_end_planned) * 100.0 / poor_start) as cut_percent
from v_unit_year
where poor_start > 0 and poor_end_planned is not null
order by poor_start - poor_end_planned desc, unit_code
limit 8
